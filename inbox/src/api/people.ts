import type {
  AbsenceView,
  DepartmentView,
  DeviceHello,
  DeviceView,
  HoursView,
  Page,
  PushView,
  UserView,
} from '../../../src/contract/wire.ts';
import { call } from './http.ts';

/** What can be changed on a person. */
export interface UserChange {
  name?: string;
  email?: string;
  role?: string;
  active?: boolean;
  maxTalks?: number | null;
  departmentId?: string | null;
  timeZone?: string;
  hours?: HoursView;
  reachableByPhone?: boolean;
  password?: string;
  /** Needed with `password` when it is one's own. */
  currentPassword?: string;
}

export const listUsers = (cursor: string | null) =>
  call<Page<UserView>>('GET', '/users', { query: { limit: 200, cursor } });
export const createUser = (body: {
  name: string;
  email: string;
  password: string;
  role: string;
  maxTalks?: number | null;
  departmentId?: string | null;
}) => call<UserView>('POST', '/users', { body });
export const changeUser = (id: string, body: UserChange) =>
  call<UserView>('PATCH', `/users/${id}`, { body });

export const listDepartments = () => call<Page<DepartmentView>>('GET', '/departments');
export const createDepartment = (name: string) =>
  call<DepartmentView>('POST', '/departments', { body: { name } });
export const renameDepartment = (id: string, name: string) =>
  call<DepartmentView>('PATCH', `/departments/${id}`, { body: { name } });
export const removeDepartment = (id: string) => call<null>('DELETE', `/departments/${id}`);

export const listAbsences = (userId: string) =>
  call<Page<AbsenceView>>('GET', `/users/${userId}/absences`);
export const addAbsence = (userId: string, body: Omit<AbsenceView, 'id'>) =>
  call<AbsenceView>('POST', `/users/${userId}/absences`, { body });
export const removeAbsence = (userId: string, id: string) =>
  call<null>('DELETE', `/users/${userId}/absences/${id}`);

export const listDevices = () => call<Page<DeviceView>>('GET', '/devices');
/** Makes this device known; `push`: where notices reach it, null for nowhere, left out: as it is. */
export const keepDevice = (body: DeviceHello & { push?: PushSubscriptionJSON | null }) =>
  call<DeviceView>('POST', '/devices', { body });
export const testDevice = (id: string) => call<null>('POST', `/devices/${id}/test`);
export const forgetDevice = (id: string) => call<null>('DELETE', `/devices/${id}`);
export const readPush = () => call<PushView>('GET', '/push');
