// SPDX-License-Identifier: Apache-2.0
/** Model Context Protocol: every job type that a caller may submit is a tool. */
@org.jspecify.annotations.NullMarked
package io.jobyard.mcp;
