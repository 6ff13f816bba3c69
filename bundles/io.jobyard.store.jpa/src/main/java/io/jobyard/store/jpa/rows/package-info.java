// SPDX-License-Identifier: Apache-2.0
/** Tables and their rows. Each class contains the statements of its tables, and no transactions. Imports sql, schema and incarnation. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.rows;
