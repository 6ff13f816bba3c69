// SPDX-License-Identifier: Apache-2.0
/**
 * Brings a database to the schema of this version, and chooses the database that the configuration names. Imports sql.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.schema;
