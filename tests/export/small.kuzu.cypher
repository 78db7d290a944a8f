CREATE NODE TABLE Entity(id STRING PRIMARY KEY, type STRING, types STRING, name STRING, aliases STRING, support INT64, offices STRING, mentions STRING, `country` STRING, `date` STRING, `office` STRING);
CREATE REL TABLE Relation(FROM Entity TO Entity, key INT64, type STRING, label STRING, modality STRING, polarity STRING, confidence DOUBLE, support INT64, sources INT64, origin STRING, symmetric BOOLEAN, evidence STRING, `cameo` STRING, `date` STRING, `plover` STRING);
COPY Entity FROM 'small.kuzu.nodes.csv' (HEADER=true, PARALLEL=false, QUOTE='"', ESCAPE='"', AUTO_DETECT=false);
COPY Relation FROM 'small.kuzu.edges.csv' (HEADER=true, PARALLEL=false, QUOTE='"', ESCAPE='"', AUTO_DETECT=false);
