import {
  createDepartment,
  departmentBody,
  listDepartments,
  removeDepartment,
  renameDepartment,
} from '../../../desk/people/departments.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOfAll, wholeQuery } from '../endpoint/query.ts';

/** Parts of the company that people belong to. */
export const departmentRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/departments',
    tag: 'people',
    summary: 'Lists the departments by name',
    query: wholeQuery,
    answer: '[DepartmentView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listDepartments(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/departments',
    tag: 'people',
    summary: 'Makes a department',
    body: departmentBody,
    status: 201,
    answer: 'DepartmentView',
    handle: ({ desk, who, body }) => createDepartment(desk, who, body),
  });
  api.add({
    method: 'PATCH',
    path: '/departments/:id',
    tag: 'people',
    summary: 'Gives a department another name',
    params: idParams,
    body: departmentBody,
    answer: 'DepartmentView',
    handle: ({ desk, who, params, body }) => renameDepartment(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/departments/:id',
    tag: 'people',
    summary: 'Removes a department that nobody belongs to',
    params: idParams,
    handle: ({ desk, who, params }) => removeDepartment(desk, who, params.id),
  });
};
