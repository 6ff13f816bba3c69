// SPDX-License-Identifier: Apache-2.0
/**
 * This incarnation of the host among all that the database knows: its number, its fence, and whether it leads. Imports
 * sql.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa.incarnation;
