// Starts the editor. What it is told of the hub stands in config.yml; here is what a configuration cannot say.
"use strict";
{
  const { CMS } = window;
  const told = document.body.dataset;
  const languages = told.languages.split(" ");
  const isList = (value) => Boolean(value) && typeof value.push === "function";
  const isMap = (value) => Boolean(value) && !isList(value) && typeof value.mapEntries === "function";
  const isGiven = (value) => value !== null && value !== undefined && value !== "" && value.size !== 0;
  const inLanguage = new RegExp(`^([a-z0-9/-]+)\\.(?:${languages.join("|")})$`);

  // What was left empty is left out. A choice among texts may name the file of a translation, whose id is the original's.
  const tidied = (value) => {
    if (isList(value) || isMap(value)) return value.map(tidied).filter(isGiven);
    return typeof value === "string" ? value.replace(inLanguage, "$1") : value;
  };

  for (const style of told.styles.split(" ")) CMS.registerPreviewStyle(new URL(style, document.baseURI).href);
  CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => tidied(entry.get("data")) });
  CMS.init({ config: { locale: document.documentElement.lang } });
}
