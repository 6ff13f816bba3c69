// SPDX-License-Identifier: Apache-2.0
/** This host's incarnation among all in the database: its number, its fence, and whether it is the leader. Imports sql. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.incarnation;
