// SPDX-License-Identifier: Apache-2.0
/** Updates the schema of a database to this version, and offers the database that the configuration selects. Imports sql. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.schema;
