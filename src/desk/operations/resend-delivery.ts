import { Refusal } from '../../base/errors.ts';
import type { DeliveryView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { deliveryChanged, findDelivery } from './find-delivery.ts';

/** Sends again what failed, was canceled, or whose fate nobody knows. */
export async function resendDelivery(
  desk: Desk,
  who: Principal,
  id: string,
): Promise<DeliveryView> {
  const { conversation } = await findDelivery(desk, who, id, 'send this again');
  const message = await desk.stores.outbox.requeue(id, desk.clock.now());
  if (!message)
    throw new Refusal('conflict', 'This message has not failed: it is sent or on its way.');
  return deliveryChanged(desk, message, conversation);
}
