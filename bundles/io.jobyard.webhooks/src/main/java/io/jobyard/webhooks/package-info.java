// SPDX-License-Identifier: Apache-2.0
/** Tells addresses outside what becomes of jobs: each delivery is a job, in the commit that says how far its webhook is. */
@org.jspecify.annotations.NullMarked
package io.jobyard.webhooks;
