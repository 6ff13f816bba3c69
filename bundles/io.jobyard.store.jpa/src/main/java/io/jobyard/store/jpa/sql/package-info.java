// SPDX-License-Identifier: Apache-2.0
/** Connections, statements and values of SQL, used by every other package of the store. Imports nothing of the store. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.sql;
