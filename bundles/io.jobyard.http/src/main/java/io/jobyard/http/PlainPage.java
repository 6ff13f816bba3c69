// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.spi.text.VisibleText;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Page of one paragraph. */
final class PlainPage {

    private PlainPage() {}

    static void send(HttpServletResponse response, int status, String paragraph) throws IOException {
        byte[] page =
                ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Jobyard</title></head><body><p>"
                                + escaped(paragraph) + "</p></body></html>\n")
                        .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html; charset=utf-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private static String escaped(String text) {
        return VisibleText.line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
