// SPDX-License-Identifier: Apache-2.0
/** The store: one writing thread, a few reading ones, on any database that has a dialect. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.jpa;
