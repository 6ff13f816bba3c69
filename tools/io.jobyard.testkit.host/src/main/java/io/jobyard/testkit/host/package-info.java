// SPDX-License-Identifier: Apache-2.0
/**
 * Unit tests of handlers without OSGi: {@link io.jobyard.testkit.host.TestHost} runs them on the host's own engine,
 * with a store in memory and a clock that the test advances.
 */
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit.host;
