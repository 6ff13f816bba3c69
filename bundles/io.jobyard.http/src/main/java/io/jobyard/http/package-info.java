// SPDX-License-Identifier: Apache-2.0
/** Web server of the host: one server, its guard, and the context for the servlets of bundles. */
@org.jspecify.annotations.NullMarked
package io.jobyard.http;
