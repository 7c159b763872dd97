import type { Column, Database, SerDeInfo, StorageDescriptor, Table } from '@aws-sdk/client-glue';
import { resourceType } from './resource-type.ts';
import { list, object, tags, text } from './shape.ts';

const columns = list(object<Column>()({ Name: text, Type: text }));

/**
 * The databases of the data catalogue with their tables, those over the logs among them: where the data is, how it is
 * read, and of which partitions it is made (aws-semantics §12). AWS lists tables by database alone.
 */
export const database = resourceType({
  name: 'AWS::Glue::Database',
  id: 'Arn',
  label: 'Name',
  home: 'arn',
  derived: { Arn: 'arn:{partition}:glue:{region}:{account}:database/{Name}' },
  item: object<Database & { readonly arn?: string }>()({ Arn: text, Name: text, LocationUri: text, CatalogId: text }),
  list: { operation: 'glue:GetDatabases', at: 'DatabaseList' },
  reads: {
    'glue:GetTables': {
      params: { DatabaseName: '{Name}' },
      at: 'TableList',
      gives: {
        Tables: list(
          object<Table>()({
            Name: text,
            TableType: text,
            // Names to texts, as tags are: how partitions are projected, for one.
            Parameters: tags,
            PartitionKeys: columns,
            StorageDescriptor: object<StorageDescriptor>()({
              Location: text,
              InputFormat: text,
              OutputFormat: text,
              SerdeInfo: object<SerDeInfo>()({ SerializationLibrary: text, Parameters: tags }),
              Columns: columns,
            }),
          }),
        ),
      },
    },
  },
  relations: {},
});
