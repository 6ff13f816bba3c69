// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * Call of a tool that a model requests.
 *
 * @param id ID of the call, which its answer names
 * @param arguments JSON object as the model wrote it, possibly invalid
 */
public record RequestedTool(String id, String name, String arguments) {}
