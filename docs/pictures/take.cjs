// Photographs pages of the Temporal Web UI: node take.cjs CHROMIUM UI FOLDER CAMPAIGN KIND
// KIND `training`: the campaign's details, and the pending activity of its training.
// KIND anything else: the list of campaigns, and the named one's details.
const puppeteer = require("puppeteer-core");

const [chromium, ui, folder, campaign, kind] = process.argv.slice(2);
const namespace = `${ui}/namespaces/labelloop/workflows`;

const COLUMNS = [
  "Status",
  "Workflow ID",
  "CampaignPhase",
  "CampaignRound",
  "CampaignMap",
  "CampaignHealth",
  "HealthReason",
].map((label) => ({ label }));

async function newestRun(query) {
  const url = `${ui}/api/v1/namespaces/labelloop/workflows?query=${encodeURIComponent(query)}`;
  const { executions } = await (await fetch(url)).json();
  if (!executions || executions.length === 0) throw new Error(`nothing matches ${query}`);
  return executions[0].execution;
}

async function page(query, tab) {
  const { workflowId, runId } = await newestRun(query);
  return `${namespace}/${encodeURIComponent(workflowId)}/${runId}/${tab}`;
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1280, height: 720 });
    await tab.goto(ui, { waitUntil: "domcontentloaded" });
    await tab.evaluate((columns) => {
      localStorage.setItem("namespace-workflow-table-columns", JSON.stringify({ labelloop: columns }));
      localStorage.setItem("nav-open", "false");
    }, COLUMNS);
    const take = async (url, name) => {
      // Workflow pages ask for news without end, so that the network never rests.
      await tab.goto(url, { waitUntil: "domcontentloaded" });
      await new Promise((done) => setTimeout(done, 8000));
      await tab.screenshot({ path: `${folder}/${name}.png` });
      console.log(`screenshots: ${name}.png`);
    };
    const own = `WorkflowId="campaign/${campaign}" AND ExecutionStatus="Running"`;
    if (kind === "training") {
      await take(await page(own, "user-metadata"), "details");
      const trains = `WorkflowType="TrainingWorkflow" AND ExecutionStatus="Running"`;
      await take(await page(trains, "pending-activities"), "pending");
    } else {
      await tab.setViewport({ width: 1800, height: 560 }); // so that the reasons fit
      const list = `WorkflowType="CampaignWorkflow" AND ExecutionStatus!="ContinuedAsNew"`;
      await take(`${namespace}?query=${encodeURIComponent(list)}`, "list");
      const look = `CampaignHealth!="OK" AND ExecutionStatus="Running"`;
      await take(`${namespace}?query=${encodeURIComponent(look)}`, "needs-a-look");
      await tab.setViewport({ width: 1280, height: 720 });
      await take(await page(own, "user-metadata"), "blocked");
    }
  } finally {
    await browser.close();
  }
}

main().catch((problem) => {
  console.error(`screenshots: ${problem.stack}`);
  process.exit(1);
});
