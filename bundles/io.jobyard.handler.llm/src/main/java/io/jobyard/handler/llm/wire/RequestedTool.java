// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

/**
 * A tool that a model asks for.
 *
 * @param id of this call; its answer names it
 * @param arguments a JSON object as the model wrote it, good or bad
 */
public record RequestedTool(String id, String name, String arguments) {}
