import {
  Cell,
  Column,
  Row,
  SortDescriptor,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import classNames from 'classnames';
import { ReactNode } from 'react';
import styles from './DataTable.module.css';

/** One column. */
export interface DataTableColumn<T> {
  id: string;
  label: string;
  render(item: T): ReactNode;
  /** Numbers are at the end; text is at the start. */
  align?: 'end';
  /** In pixels; columns without it share the rest. */
  width?: number;
  /** What names the row to those who listen. One column has it. */
  isRowHeader?: boolean;
  isSortable?: boolean;
  /** Stands before the value where rows are stacked and heads are gone. */
  stackedLabel?: string;
}

/**
 * A table with hairlines between its rows. Where it is narrow, each row becomes
 * a small block; `className` then says where its cells go, by
 * `[data-column='…']`.
 */
export function DataTable<T>(props: {
  /** Names the table to those who listen. */
  label: string;
  columns: readonly DataTableColumn<T>[];
  items: readonly T[];
  getKey(item: T): string;
  className: string;
  sort?: SortDescriptor;
  onSortChange?(sort: SortDescriptor): void;
}) {
  const { label, columns, items, getKey, className } = props;
  const { sort, onSortChange } = props;
  return (
    <TableRoot
      aria-label={label}
      className={classNames(styles.table, className)}
      sortDescriptor={sort}
      onSortChange={onSortChange}
    >
      <TableHeader className={styles.header}>
        {columns.map(column => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={column.isRowHeader}
            allowsSorting={column.isSortable}
            className={classNames(styles.head, {
              [styles.end]: column.align === 'end',
            })}
            style={column.width ? { width: column.width } : undefined}
            data-column={column.id}
          >
            {column.label}
          </Column>
        ))}
      </TableHeader>
      <TableBody className={styles.body}>
        {items.map(item => (
          <Row key={getKey(item)} id={getKey(item)} className={styles.row}>
            {columns.map(column => (
              <Cell
                key={column.id}
                className={classNames(styles.cell, {
                  [styles.end]: column.align === 'end',
                })}
                data-column={column.id}
                data-label={column.stackedLabel}
              >
                {column.render(item)}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </TableRoot>
  );
}
