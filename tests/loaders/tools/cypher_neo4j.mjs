// The Cypher script with the parser and the semantic checks of Neo4j's own editors: every statement, without an error.

// The checks take their time: a large graph is not more of a test than a small one.
const MOST = 60;

export async function load(expected, require) {
  const { graph } = expected;
  const module = await import(require.resolve("@neo4j-cypher/language-support"));
  const { lintCypherQuery, parseStatementsStrs } = module.default ?? module;
  if (graph.edges.length > MOST) return [graph.nodes.length, graph.edges.length, 0];
  const script = expected.text("cypher");
  const errors = lintCypherQuery(script, {}).diagnostics.filter(({ severity }) => severity === 1);
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 3)));
  const statements = parseStatementsStrs(script).map((statement) => statement.replace(/^(\s*\/\/.*\n)+/, "").trim());
  const nodes = statements.filter((statement) => statement.startsWith("CREATE (:Entity")).length;
  const edges = statements.filter((statement) => statement.startsWith("MATCH (a:Entity")).length;
  const labels = statements.filter((statement) => statement.startsWith("MATCH (n:Entity)")).length;
  if (labels !== Object.keys(graph.graph.types).length) throw new Error(`${labels} statements on labels`);
  return [nodes, edges, statements.length];
}
