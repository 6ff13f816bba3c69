/** What a bundle needs that brings a tool: work that {@code llm_internal_tool} jobs ask for by name. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.llm.api;
