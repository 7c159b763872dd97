# Trailproof as an image: no shell is needed, no root, and nothing is written but to /tmp.
#   docker build --tag trailproof .
#   docker run --rm --read-only --tmpfs /tmp --cap-drop ALL --volume "$PWD:/work:ro" trailproof check snapshot.yaml
FROM node:24-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci && npm pack --ignore-scripts && tar -xzf trailproof-*.tgz

FROM node:24-alpine
COPY --from=build /build/package /trailproof
USER node
WORKDIR /work
ENTRYPOINT ["node", "/trailproof/dist/main.js"]
