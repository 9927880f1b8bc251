// The script that the worker begins with. The names in it are relative to its own.
importScripts("./worker.js");
wasm_bindgen({ module_or_path: "./worker_bg.wasm" });
