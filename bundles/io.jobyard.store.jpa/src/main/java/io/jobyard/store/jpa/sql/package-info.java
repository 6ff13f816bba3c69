// SPDX-License-Identifier: Apache-2.0
/**
 * Connections, statements and values of SQL: what every other package of the store builds on. Imports nothing of the
 * store.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.sql;
