"""Loads a graph with NetworkX as its documentation says and prints what it holds, for the test to compare.

Prints: nodes, edges, node attributes in all, edge attributes in all, evidence in all.
"""

import json
import sys

import networkx

with open(sys.argv[1], encoding="utf-8") as file:
    data = json.load(file)
graph = networkx.node_link_graph(data, edges="edges")
if not isinstance(graph, networkx.MultiDiGraph):
    sys.exit(f"expected a directed multigraph, got {type(graph).__name__}")
nodes = sum(len(attributes["attributes"]) for _, attributes in graph.nodes(data=True))
edges = sum(len(attributes["attributes"]) for _, _, attributes in graph.edges(data=True))
evidence = sum(len(attributes["evidence"]) for _, _, attributes in graph.edges(data=True))
print(graph.number_of_nodes(), graph.number_of_edges(), nodes, edges, evidence)
