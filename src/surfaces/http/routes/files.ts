import { readFile } from '../../../desk/files/read-file.ts';
import { retryFile } from '../../../desk/files/retry-file.ts';
import { uploadFile } from '../../../desk/files/upload-file.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams } from '../endpoint/query.ts';
import { withUpload } from '../plugins/uploads.ts';

/** Files on their way out, and those that came in. */
export const fileRoutes: Routes = (api) => {
  api.add({
    method: 'POST',
    path: '/files',
    tag: 'files',
    summary: 'Uploads one file of at most 50 MiB as multipart/form-data',
    description: 'Send the answer’s id in `fileIds` of a message. Its kind is read from its bytes.',
    takesFile: true,
    status: 201,
    answer: 'FileView',
    handle: ({ desk, who, request }) =>
      withUpload(request, ({ filename, mimetype, file }) =>
        uploadFile(desk, who, { name: filename, mime: mimetype, content: file }),
      ),
  });
  api.add({
    method: 'GET',
    path: '/files/:id',
    tag: 'files',
    summary: 'Shows how a file stands and where to read it',
    params: idParams,
    answer: 'FileView',
    handle: ({ desk, who, params }) => readFile(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/files/:id/retry',
    tag: 'files',
    summary: 'Fetches a file again that could not be fetched from its provider',
    params: idParams,
    answer: 'FileView',
    handle: ({ desk, who, params }) => retryFile(desk, who, params.id),
  });
};
