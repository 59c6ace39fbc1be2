// The reading room's own script: draws the plots (ECharts) and copies the citation. Every page works without it.
"use strict";

(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const rtl = document.documentElement.dir === "rtl";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const HUES = { light: ["#14564f", "#8f3320", "#8a6a0f", "#2f5d9b", "#7a3f86", "#4d7c1f", "#9b4a6b", "#3f6f7d", "#6b5b4d"], dark: ["#8ccfc4", "#eba48f", "#e2c367", "#9dbdf0", "#d4a5dd", "#b3d98a", "#efa9c4", "#9fd0dd", "#cbbba8"] };
  const hues = () => HUES[dark.matches ? "dark" : "light"];

  const common = () => ({
    animation: !still.matches,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("soft") },
    // Drawn on the canvas: a tooltip made of HTML would need inline styles, which the page forbids.
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("sheet"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
  });
  const axes = (labels) => ({
    xAxis: { type: "category", data: labels, inverse: rtl, axisLine: { lineStyle: { color: colour("line") } }, axisTick: { show: false }, axisLabel: { color: colour("soft") } },
    yAxis: { type: "value", minInterval: 1, position: rtl ? "right" : "left", splitLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: colour("soft") } },
    grid: { left: rtl ? 26 : 34, right: rtl ? 34 : 26, top: 14, bottom: 24 },
  });

  const options = {
    months: (plot) => ({
      ...common(), ...axes(plot.labels),
      series: [{ type: "bar", data: plot.values.map((articles) => articles || null), itemStyle: { color: colour("accent"), borderRadius: [2, 2, 0, 0] }, barMaxWidth: 36, barMinHeight: 2, cursor: "pointer" }],
    }),
    shares: (plot) => {
      // A row a field, a square a month: the better covered the fuller. Lines would lie upon each other at the top.
      const fields = Object.keys(plot.series), names = fields.map((field) => plot.names[field]);
      const axis = axes(plot.labels);
      return {
        ...common(),
        tooltip: { ...common().tooltip, formatter: ({ value }) => `${names[value[1]]}\n${plot.labels[value[0]]}: ${value[2]}%` },
        xAxis: { ...axis.xAxis, splitArea: { show: false } },
        yAxis: { type: "category", data: names, inverse: true, position: rtl ? "right" : "left", axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colour("ink") } },
        grid: { left: rtl ? 12 : 110, right: rtl ? 110 : 12, top: 8, bottom: 64 },
        visualMap: { min: 0, max: 100, orient: "horizontal", left: "center", bottom: 0, itemHeight: 120, text: ["100%", "0%"], textStyle: { color: colour("soft") }, inRange: { color: [colour("gone"), colour("mark"), colour("accent")] } },
        series: [{ type: "heatmap", data: fields.flatMap((field, row) => plot.series[field].map((share, at) => [at, row, share])), itemStyle: { borderColor: colour("paper"), borderWidth: 1 } }],
      };
    },
    graph: (plot) => {
      const sites = [...new Set(plot.nodes.map((node) => node.site))];
      const few = plot.nodes.length <= 30;
      const degree = {};
      for (const { source, target } of plot.edges) for (const each of [source, target]) degree[each] = (degree[each] || 0) + 1;
      return {
        ...common(), color: hues(),
        tooltip: { ...common().tooltip, formatter: ({ dataType, data }) => dataType === "edge" ? plot.names[data.kind] : `${data.title}\n${sites[data.category]}` },
        legend: sites.length > 1 ? { type: "scroll", data: sites, textStyle: { color: colour("ink") } } : undefined,
        series: [{
          type: "graph", layout: "force", roam: true, draggable: true,
          force: { repulsion: few ? 900 : 130, edgeLength: few ? [90, 200] : [30, 90], gravity: .08, layoutAnimation: !still.matches },
          labelLayout: { hideOverlap: true },
          categories: sites.map((name) => ({ name })),
          edgeSymbol: ["none", "arrow"], edgeSymbolSize: 6,
          emphasis: { focus: "adjacency", label: { show: true } },
          label: { show: few, position: "bottom", color: colour("ink"), width: 150, overflow: "truncate" },
          data: plot.nodes.map((node) => ({ id: node.id, name: node.id, title: node.name, link: node.link, category: sites.indexOf(node.site), symbolSize: node.id === plot.centre ? 26 : 7 + 3 * Math.sqrt(degree[node.id] || 0), label: { formatter: node.name } })),
          links: plot.edges.map((edge) => ({ source: edge.source, target: edge.target, kind: edge.kind, lineStyle: edge.kind === "copy" ? { type: "solid", width: 2.5, color: colour("rubric") } : { color: colour("soft"), opacity: .5, type: edge.kind === "related" ? "dashed" : "solid" } })),
        }],
      };
    },
  };
  const address = { months: (plot, hit) => plot.links[hit.dataIndex], graph: (_plot, hit) => hit.data.link };

  const draw = (element) => {
    const plot = JSON.parse(document.getElementById(element.dataset.plot).textContent);
    const chart = echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(options[plot.kind](plot));
    chart.on("click", (hit) => {
      const to = address[plot.kind]?.(plot, hit);
      if (to) location.assign(to);
    });
    new ResizeObserver(() => chart.resize()).observe(element);
    dark.addEventListener("change", () => chart.setOption(options[plot.kind](plot)));
    element.dataset.drawn = "yes";
  };
  if (window.echarts) document.fonts.ready.then(() => document.querySelectorAll("[data-plot]").forEach(draw));

  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      const said = button.parentElement.querySelector("[data-copied]");
      said.textContent = said.dataset.copied;
    });
  });
})();
