// The line of HTML that puts a figure into somebody else's page.

const escaped = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {{link: string, title: string, height: number}} figure */
export const snippetOf = ({ link, title, height }) =>
  `<iframe src="${escaped(`${link}&embed=1`)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" loading="lazy" allow="clipboard-write"></iframe>`;
