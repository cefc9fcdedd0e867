// Preloaded into every process the launcher starts: when the launcher is gone, even by kill -9, its channel closes,
// and the process ends by itself: by SIGTERM to leave cleanly, and for certain a few seconds later.
if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => process.exit(1), 5000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel.unref();
}
