// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Run of a job, for its handler. Valid until the handler returns, or its stage completes or is abandoned; safe for use by its own threads.
 * Afterwards {@link #progress}, {@link #log}, {@link #used}, {@link #emit}, {@link #extend} and all steps and waits throw an {@link
 * IllegalStateException} and change nothing.
 */
@ProviderType
public interface JobContext extends RunInput, RunProgress, RunUsage, DurableSteps {}
