// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.postgres;
