// SPDX-License-Identifier: Apache-2.0
/**
 * Webhooks: HTTP deliveries of job events. Each delivery is a job, stored in the same commit as its webhook's new
 * position.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.webhooks;
