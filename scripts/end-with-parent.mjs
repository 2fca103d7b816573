// Loaded into every part of the demo: a part whose starter was killed hard would run on and keep its port.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, 500).unref();
