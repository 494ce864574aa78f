import { Refusal } from '../../base/errors.ts';
import type { DeliveryView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { deliveryChanged, findDelivery } from './find-delivery.ts';

/** Gives up a message that is not sent yet; it stays in the talk, shown as canceled. */
export async function cancelDelivery(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<DeliveryView> {
  const { conversation } = await findDelivery(desk, who, id, 'cancel this');
  const message = await desk.stores.outbox.cancel(id, desk.clock.now());
  if (!message) throw new Refusal('conflict', 'This message is sent, or is being sent just now.');
  return deliveryChanged(desk, message, conversation);
}
