// Starts the editor. What it is told of the hub stands in config.yml; here is what a configuration cannot say.
"use strict";
{
  const { CMS } = window;
  const told = document.body.dataset;
  const isList = (value) => Boolean(value) && typeof value.push === "function";
  const isMap = (value) => Boolean(value) && !isList(value) && typeof value.mapEntries === "function";
  const noMap = CMS.getEditorComponents().clear(); // the editor's own sort of maps and lists
  const noList = noMap.toList();

  // The hub takes one value for a list of one, and a text for the first field of a structure; the editor takes neither.
  const asListed = (value, field) => {
    const isMany = field.get("widget") === "list" || field.get("multiple");
    if (value === undefined || value === null || value === "" || !isMany) return value;
    const list = isList(value) ? value : noList.push(value);
    const first = field.getIn(["fields", 0, "name"]);
    return first && list.some((item) => !isMap(item)) ? list.map((item) => (isMap(item) ? item : noMap.set(first, item))) : list;
  };
  for (const name of ["list", "select", "relation"]) {
    const { control, preview, ...others } = CMS.getWidget(name);
    class Forgiving extends control {
      set props(given) {
        if (!this.given || given.value !== this.given.value) this.value = asListed(given.value, given.field);
        this.given = given;
        this.taken = this.value === given.value ? given : { ...given, value: this.value };
      }

      get props() {
        return this.taken;
      }

      componentDidMount() {
        super.componentDidMount?.();
        if (this.taken !== this.given) this.given.onChange(this.value);
      }
    }
    CMS.registerWidget({ ...others, name, controlComponent: Forgiving, previewComponent: preview });
  }

  // What was left empty is left out. A choice among texts may name the file of a translation, whose id is the original's.
  const inLanguage = new RegExp(`^([a-z0-9/-]+)\\.(?:${told.languages.split(" ").join("|")})$`);
  const isGiven = (value) => value !== null && value !== undefined && value !== "" && value.size !== 0;
  const tidied = (value) => {
    if (isList(value) || isMap(value)) return value.map(tidied).filter(isGiven);
    return typeof value === "string" ? value.replace(inLanguage, "$1") : value;
  };

  // The rich text escapes brackets that mean something to the hub: [[links]], [^notes] and > [!TIP].
  const unescaped = (text) =>
    text.replace(/\\\[\\?\[([^[\]\n]+?)\\?\]\\?\]/g, "[[$1]]").replace(/\\\[(?=\^[\w-]+\\?\]|![A-Z]+\\?\])/g, "[");
  const ready = (data) => {
    const found = tidied(data);
    return typeof found.get("body") === "string" ? found.set("body", unescaped(found.get("body"))) : found;
  };

  for (const style of told.styles.split(" ")) CMS.registerPreviewStyle(new URL(style, document.baseURI).href);
  CMS.registerPreviewStyle("body { padding: 1rem }", { raw: true });
  CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => ready(entry.get("data")) });
  // Decap would read config.yml itself only where the server calls it YAML; it is JSON too, which is read faster.
  fetch("config.yml")
    .then((answer) => answer.json())
    .then((config) => CMS.init({ config: { ...config, locale: document.documentElement.lang, load_config_file: false } }))
    .catch((error) => document.body.append(`config.yml: ${error}`));
}
