// SPDX-License-Identifier: Apache-2.0
/** The host's address on the web: one server, its guard, and where bundles put their servlets. */
@org.jspecify.annotations.NullMarked
package io.jobyard.http;
