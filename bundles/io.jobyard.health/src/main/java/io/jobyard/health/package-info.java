// SPDX-License-Identifier: Apache-2.0
/** Offers what the doctor finds as a Felix health check. */
@org.jspecify.annotations.NullMarked
package io.jobyard.health;
