// SPDX-License-Identifier: Apache-2.0
/**
 * Copies a whole store: into another database, and into a backup. Imports sql, schema and incarnation.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.copy;
