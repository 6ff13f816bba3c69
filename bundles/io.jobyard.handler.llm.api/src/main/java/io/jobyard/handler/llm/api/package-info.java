/** API for bundles that provide tools, which {@code llm_internal_tool} jobs call by name. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.llm.api;
