// SPDX-License-Identifier: Apache-2.0
/** Store on PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.postgres;
