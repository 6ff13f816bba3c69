// SPDX-License-Identifier: Apache-2.0
/** Embedded Derby. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.derby;
