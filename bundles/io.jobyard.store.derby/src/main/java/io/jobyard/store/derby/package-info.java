// SPDX-License-Identifier: Apache-2.0
/** Store on the embedded database Derby. */
@org.jspecify.annotations.NullMarked
package io.jobyard.store.derby;
