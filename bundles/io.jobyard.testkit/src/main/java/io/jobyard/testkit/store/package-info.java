// SPDX-License-Identifier: Apache-2.0
/** Contract of every store: extend {@link io.jobyard.testkit.store.StoreConformance}. Not exported. */
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit.store;
