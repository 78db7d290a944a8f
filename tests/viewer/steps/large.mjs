// 3,000 nodes and 10,000 edges: moving the picture keeps to 30 frames a second.

export async function run(open, check) {
  const page = await open("large");
  check((await page.locator("#status").textContent()).startsWith("3,000 nodes, 10,000 relations"), "everything is shown");
  const frames = await page.evaluate(async () => {
    const canvas = document.getElementById("canvas");
    const area = canvas.getBoundingClientRect();
    const at = { clientX: area.left + area.width / 2, clientY: area.top + area.height / 2, bubbles: true, cancelable: true };
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    const times = [];
    let before = performance.now();
    for (let count = 0; count < 60; count += 1) {
      canvas.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: count < 30 ? -40 : 40 }));
      await frame();
      times.push(performance.now() - before);
      before = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  const middle = frames[30];
  // A machine that draws without a graphics card and runs other tests beside this one gets some room.
  check(middle < 100, `half of the frames take longer than ${middle.toFixed(0)} ms`);
  return `half of the frames come within ${middle.toFixed(1)} ms, nine in ten within ${frames[53].toFixed(1)} ms`;
}
