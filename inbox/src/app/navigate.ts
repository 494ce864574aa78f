/** Goes to another screen from outside of components; the shell sets it. */
let route: (url: string, replace?: boolean) => void = (url) => location.assign(url);

export function setNavigate(next: (url: string, replace?: boolean) => void): void {
  route = next;
}
/** Goes to an address of the app. */
export const navigate = (url: string, replace = false): void => route(url, replace);
