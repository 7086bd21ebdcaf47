package io.flaremail.api;

import io.flaremail.http.RequestBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** A request body that is held in memory. */
final class JsonBody implements RequestBody {
    private final byte[] json;

    JsonBody(Map<String, Object> json) {
        this.json = Json.write(json);
    }

    @Override
    public long length() {
        return json.length;
    }

    @Override
    public void writeTo(OutputStream out, Runnable beforeTheEnd) throws IOException {
        out.write(json, 0, json.length - 1);
        beforeTheEnd.run();
        out.write(json, json.length - 1, 1);
    }
}
