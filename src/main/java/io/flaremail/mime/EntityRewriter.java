package io.flaremail.mime;

import java.util.List;

/** Walks the entities that are not valid UTF-8 and notes what to change in them. */
final class EntityRewriter {
    /** Readers give up much earlier; without a bound a hostile message would cost its size squared. */
    private static final int DEEPEST = 100;

    private final Edits edits;

    EntityRewriter(Edits edits) {
        this.edits = edits;
    }

    void rewrite(Entity entity, Seal outer) throws UnencodableContentException {
        if (entity.range.isUtf8()) {
            return;
        }
        if (entity.isMultipart() && !Ascii.isSevenBit(Multipart.delimiter(entity))) {
            refuse(entity, "its boundary has 8-bit octets", "use an ASCII boundary, as RFC 2046 5.1.1 asks");
        }
        Seal seal = entity.message ? outer.onMessage(entity.header) : outer;
        rewriteFields(entity.header.fields, entity.location, seal);
        if (!entity.body.isUtf8()) {
            rewriteBody(entity, seal.onBody(entity.type));
        }
    }

    private void rewriteFields(List<Field> fields, Location where, Seal seal) throws UnencodableContentException {
        for (Field field : fields) {
            if (!field.range.isUtf8()) {
                seal.check(where.field(field.name));
                edits.replace(field.range, FieldRewriter.rewrite(field));
            }
        }
    }

    /** Multiparts and messages are taken apart whatever their transfer encoding: readers ignore it. RFC 2045 6.4. */
    private void rewriteBody(Entity entity, Seal seal) throws UnencodableContentException {
        if (entity.isAttachedMessage()) {
            refuseTooDeep(entity);
            rewrite(entity.attachedMessage(), seal);
            relabel(entity);
        } else if (entity.isReport() && entity.encoding() == TransferEncoding.IDENTITY) {
            rewriteReport(entity, seal);
            relabel(entity);
        } else {
            rewriteParts(entity, entity.isMultipart() ? Multipart.of(entity) : null, seal);
        }
    }

    /** @param multipart null if there are no parts, in a multipart whose boundary occurs nowhere too */
    private void rewriteParts(Entity entity, Multipart multipart, Seal seal) throws UnencodableContentException {
        if (multipart == null) {
            seal.check(entity.describe());
            new Leaf(entity).rewrite(edits);
            return;
        }
        refuseTooDeep(entity);
        mask(multipart.preamble, entity, seal);
        int position = 1;
        for (Octets part : multipart.parts) {
            rewrite(entity.part(part, position++), seal);
        }
        mask(multipart.epilogue, entity, seal);
        relabel(entity);
    }

    private static void refuseTooDeep(Entity entity) throws UnencodableContentException {
        if (entity.depth >= DEEPEST) {
            refuse(entity, "it is nested more than " + DEEPEST + " levels deep", "nest less");
        }
    }

    /** What precedes the first part and follows the last is for nobody. RFC 2046 5.1.1. */
    private void mask(Octets range, Entity entity, Seal seal) throws UnencodableContentException {
        if (!range.isUtf8()) {
            seal.check(entity.describe());
            edits.replace(range, range.masked());
        }
    }

    /** These types must not be encoded, but their fields can be mended like those of any header. RFC 3464 2.1. */
    private void rewriteReport(Entity entity, Seal seal) throws UnencodableContentException {
        Octets rest = entity.body;
        while (rest.length() > 0) {
            Header group = new Header(rest);
            rewriteFields(group.fields, entity.location, seal);
            rest = rest.between(rest.nextLine(group.end), rest.end);
        }
    }

    private void relabel(Entity entity) {
        Field field = entity.header.first(TransferEncoding.FIELD);
        if (field != null && edits.touch(entity.body) && edits.leaveSevenBit(entity.body)) {
            String label = TransferEncoding.label(field.value);
            if (label.equals("8bit") || label.equals("binary")) {
                edits.replace(field.range, Ascii.bytes(TransferEncoding.FIELD + ": 7bit"));
            }
        }
    }

    private static void refuse(Entity entity, String why, String remedy) throws UnencodableContentException {
        throw new UnencodableContentException(entity.describe(), why, remedy);
    }
}
