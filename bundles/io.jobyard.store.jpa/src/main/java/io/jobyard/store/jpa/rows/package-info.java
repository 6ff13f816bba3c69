// SPDX-License-Identifier: Apache-2.0
/**
 * Tables and their rows: each class knows the statements of its tables and no transaction. Imports sql, schema and
 * incarnation.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.rows;
