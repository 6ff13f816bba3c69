// SPDX-License-Identifier: Apache-2.0
/** Store on any database with a dialect: one thread writes, a few others read. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa;
